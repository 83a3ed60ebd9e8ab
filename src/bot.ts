import crawlers from 'crawler-user-agents'
import { isbotMatch } from 'isbot'
import { createBotName } from './bot-name.ts'

/** The whole crawler list as one expression: what is found leftmost in the text is the name. */
const LISTED = new RegExp(crawlers.map(({ pattern }) => `(?:${pattern})`).join('|'))

/**
 * Names the bot that sends this User-Agent; null for a browser, see `createBotName`. isbot decides, the crawler list
 * only names: by itself it would refuse readers inside Instagram's and Facebook's apps. Costs some 3 µs for a browser
 * and up to 0.3 ms for a bot in disguise: callers remember.
 */
export const botName = createBotName(isbotMatch, (text) => LISTED.exec(text)?.[0] ?? null)

/** Whether a bot of this name reads for a language model: to train it, to search for it or to answer a person. */
export function isAiCrawler(name: string): boolean {
  return AI_CRAWLERS.has(name.toLowerCase())
}

/**
 * Crawlers, searchers and agents of AI companies, lower case, as their own documentation names them.
 * `Google-Extended` and `Applebot-Extended` are words of robots.txt and send no requests of their own.
 */
const AI_CRAWLERS: ReadonlySet<string> = new Set(
  `
    gptbot oai-searchbot chatgpt-user chatgpt-agent oai-adsbot claudebot claude-user claude-searchbot
    claude-web claude-code anthropic-ai perplexitybot perplexity-user google-extended google-cloudvertexbot
    google-notebooklm google-agent gemini-deep-research googleagent-mariner googleagent-urlcontext
    cloudvertexbot google-gemini-cli meta-externalagent meta-externalfetcher meta-webindexer facebookbot
    applebot-extended amazonbot amzn-searchbot amzn-user amazonbuyforme novaact bedrockbot bytespider
    tiktokspider pangubot petalbot chatglm-spider deepseekbot kimi-user mistralai-user cohere-ai
    cohere-training-data-crawler youbot duckassistbot phindbot ccbot ai2bot ai2bot-dolma diffbot omgili
    omgilibot webzio-extended timpibot imagesiftbot img2dataset laion-huggingface-processor laiondownloader
    icc-crawler cotoyogi firecrawlagent crawl4ai tavilybot exasearchbot linkupbot manus-user devin iaskbot
    azureai-searchbot andibot bravebot linerbot qualifiedbot wrtnbot yiyanbot
  `
    .trim()
    .split(/\s+/),
)
