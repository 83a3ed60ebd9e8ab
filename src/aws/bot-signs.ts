/**
 * Words and shapes that betray a bot: those of isbot's 206 (Unlicense) that its verdict on the 2,118 bots of
 * crawler-user-agents needs. On them, and on every browser that we know, it is isbot's (tested); all of isbot would
 * take a twentieth of the template. Only hits that are reduced at the door are judged by this: `derive` asks isbot.
 */
const SIGNS = String.raw`
  \(\)|abuse|agent\b|analyzer|attracta|audit|@[a-z][\w-]+\.|\bbw/|\bdlc\b|^biglotron
  |^blackbox exporter|\bperl\b|\b\w+/1\.0;|(?<!cam)scan|capture
  |(?<! channel/|google/)google(?!(?:wv|app|/google| pixel))|check\b|checker|chrome-lighthouse
  |collapsify\b|\.com\b|cookiehubverify/|crawl|(?<! cu)bots?(?:\b|_)|dareboost|datanyze|^exodusmovement
  |feed|foregenix|(?:^|[^g])news(?!sapphire)|grab|hardenize\b|headless|hotjar|httrack|insight|inspect
  |java(?!;)|^jetty/|(?<!lib)http|library|linktiger|manus-user/|marketgoo/|monitor\b
  |^mozilla/\d\.\d\s\((?:compatible;)?(?:\s?[\w\d-.]+[\s/]\d+\.\d+)?\)$|openvas|optimize|^owler|parser
  |pingdom|playwright|preview|productfinder|^ps_daily/|ptst[ /]\d|readable/|^remove\.bg/|retriever
  |rigor|rss\b|scrape|securityheaders|selenium|server|silktide|sindup/|^sora |spider|splash|^stape/
  |synthetic|testlocally|url|validator|^w3c|watchtowr|^\w+/\d\.\d\s\([\w@]+\)$|^wget|^whatsapp
  |^[\w \.\-\(?:\):%]+(?:/v?\d+(?:\.\d+)?(?:\.\d{1,10})*?)?(?:,|$)|^\w+/[\w\(\)]*$|^[\w\-]+/[\w]+$
  |^yahoo
`

const SIGN = new RegExp(SIGNS.replace(/\n */g, ''), 'i')

/** What of a User-Agent betrays a bot; null for a browser. */
export function findBotSign(userAgent: string): string | null {
  return SIGN.exec(userAgent)?.[0] ?? null
}
