import crawlers from 'crawler-user-agents'
import { isbot, isbotMatch } from 'isbot'

/**
 * Names the bot that sends this User-Agent (`Googlebot`, `GPTBot`, `curl`), in its own spelling and without
 * version.
 *
 * isbot decides; the crawler list only names. (By itself that list would refuse readers inside Instagram's
 * and Facebook's apps.) Costs some 3 µs for a browser and up to 0.3 ms for a bot in disguise: callers remember.
 *
 * @returns null for a browser, and where no User-Agent was sent: absence is "not known", never "bot"
 */
export function botName(userAgent: string): string | null {
  const beginning = userAgent.slice(0, READ_LENGTH_MAX)
  if (beginning.trim() === '') return null
  if (!isbot(beginning) && !MISSED.test(beginning)) return null
  const text = beginning.replace(ADDRESS, '')
  return declaredName(text) ?? listedName(text) ?? UNNAMED
}

/** Whether a bot of this name reads for a language model: to train it, to search for it or to answer a person. */
export function isAiCrawler(name: string): boolean {
  return AI_CRAWLERS.has(name.toLowerCase())
}

/** What a bot is called that gives no name. */
const UNNAMED = 'unnamed'

const NAME_LENGTH_MAX = 40

/** Characters of a User-Agent that are looked at: no bot needs more, and nobody can make a long one cost much. */
const READ_LENGTH_MAX = 1_024

/** Test tools that render like a reader's browser and are not in isbot's list. */
const MISSED = /GTmetrix|Miniature\.io|YLT Chrome|TSM-turingos/

/** Links and mail addresses: they hold names of companies, not of bots. */
const ADDRESS = /\+?\b(?:https?:\/\/|www\.)[^\s;,)"']*|[^\s@]{1,64}@\S+/gi

/** `(compatible; Googlebot/2.1; …`: a single word, so that no prose becomes a name. */
const COMPATIBLE = /compatible;\s*(?!MSIE|Linux|Windows|Mozilla)([a-z][\w.!-]*)\s*(?:[/;)+(]|v?\d|$)/i

/** `curl/8.5.0`, `facebookexternalhit/1.1 (…`: a User-Agent that begins with its name. */
const LEADING = /^\s*(?!Mozilla|Opera|Dalvik|Python\/)([a-z][\w.!-]*)\s*(?:[/;)+(]|v?\d|$)/i

const VERSION_BEHIND = /[/\s_.-]+v?\d[\d.]*$/i

/** The whole crawler list as one expression: what is found leftmost in the text is the name. */
const LISTED = new RegExp(crawlers.map(({ pattern }) => `(?:${pattern})`).join('|'))

function declaredName(text: string): string | null {
  return cleanName(COMPATIBLE.exec(text)?.[1] ?? LEADING.exec(text)?.[1] ?? '')
}

function listedName(text: string): string | null {
  const match = LISTED.exec(text)?.[0] ?? isbotMatch(text)
  if (match === null) return null
  const start = text.indexOf(match)
  const before = /[\w.-]*$/.exec(text.slice(0, start))?.[0] ?? ''
  const behind = /\w$/.test(match) ? (/^[\w-]*/.exec(text.slice(start + match.length))?.[0] ?? '') : ''
  return cleanName(/^\w/.test(match) ? before + match + behind : match + behind)
}

/** Null for what is no name: nothing but digits and signs, or what every browser says. */
function cleanName(raw: string): string | null {
  const words = /\w[\w .!'&-]*/.exec(raw)?.[0] ?? ''
  const name = words.replace(VERSION_BEHIND, '').replace(/[^\w!]+$/, '')
  return /[a-z]{2}/i.test(name) && name !== 'Mozilla' ? name.slice(0, NAME_LENGTH_MAX) : null
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
