import { weightedDraw } from './random.ts'

/**
 * User-Agents of programs that ask for the tag's resource, by how often they come: search engines,
 * crawlers of AI companies, tools for sellers, monitors, scripts.
 */
export const drawRobot = weightedDraw<string>([
  [googlebot(), 26],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 16],
  [ai('GPTBot/1.3; +https://openai.com/gptbot'), 17],
  [ai('ClaudeBot/1.0; +claudebot@anthropic.com'), 14],
  [ai('PerplexityBot/1.0; +https://perplexity.ai/perplexitybot'), 6],
  [ai('OAI-SearchBot/1.3; +https://openai.com/searchbot'), 6],
  ['meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)', 9],
  ['CCBot/2.0 (https://commoncrawl.org/faq/)', 3],
  ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 11],
  ['Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)', 8],
  ['Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', 5],
  ['DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)', 3],
  ['Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)', 8],
  ['python-requests/2.32.5', 4],
  ['curl/8.17.0', 2],
  ['Go-http-client/2.0', 3],
])

function googlebot(): string {
  const start =
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko)'
  return `${start} Chrome/141.0.7390.122 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`
}

function ai(name: string): string {
  return `Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ${name})`
}
