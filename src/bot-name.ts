/** Finds words in a User-Agent; null where there are none. */
export type FindWords = (userAgent: string) => string | null

/**
 * Makes the function that names the bot which sends a User-Agent (`Googlebot`, `GPTBot`, `curl`), in the bot's own
 * spelling and without version; null for a browser, and where no User-Agent was sent: absence is "not known",
 * never "bot".
 *
 * @param findSign words that betray a bot: they decide
 * @param findName words that name a bot in disguise, where they know it; otherwise the sign does. A name that the bot
 *   declares comes before both
 */
export function createBotName(findSign: FindWords, findName: FindWords = () => null): FindWords {
  return (userAgent) => {
    const beginning = userAgent.slice(0, READ_LENGTH_MAX)
    if (beginning.trim() === '' || isPictureProxy(beginning)) return null
    if (findSign(beginning) === null && !MISSED.test(beginning)) return null
    const text = beginning.replace(ADDRESS, '')
    return declaredName(text) ?? foundName(text, findName(text) ?? findSign(text)) ?? UNNAMED
  }
}

/**
 * Whether a code host or a mail service fetches the picture because a reader looks at it: no bot, and nothing that its
 * request says is the reader's.
 */
export function isPictureProxy(userAgent: string): boolean {
  return PICTURE_PROXY.test(userAgent)
}

/** What a bot is called that gives no name. */
const UNNAMED = 'unnamed'

const NAME_LENGTH_MAX = 40

/** Characters of a User-Agent that are looked at: no bot needs more, and nobody can make a long one cost much. */
const READ_LENGTH_MAX = 1_024

/** Test tools that render like a reader's browser and are not in isbot's list. */
const MISSED = /GTmetrix|Miniature\.io|YLT Chrome|TSM-turingos/

/** What they call themselves: atmos/camo and cactus/go-camo, Gmail, Yahoo Mail. */
const PICTURE_PROXY = /^(?:github-camo|Camo Asset Proxy|go-camo)\b|GoogleImageProxy|YahooMailProxy/i

/** Links and mail addresses: they hold names of companies, not of bots. */
const ADDRESS = /\+?\b(?:https?:\/\/|www\.)[^\s;,)"']*|[^\s@]{1,64}@\S+/gi

/** `(compatible; Googlebot/2.1; …`: a single word, so that no prose becomes a name. */
const COMPATIBLE = /compatible;\s*(?!MSIE|Linux|Windows|Mozilla)([a-z][\w.!-]*)\s*(?:[/;)+(]|v?\d|$)/i

/** `curl/8.5.0`, `facebookexternalhit/1.1 (…`: a User-Agent that begins with its name. */
const LEADING = /^\s*(?!Mozilla|Opera|Dalvik|Python\/)([a-z][\w.!-]*)\s*(?:[/;)+(]|v?\d|$)/i

const VERSION_BEHIND = /[/\s_.-]+v?\d[\d.]*$/i

function declaredName(text: string): string | null {
  return cleanName(COMPATIBLE.exec(text)?.[1] ?? LEADING.exec(text)?.[1] ?? '')
}

/** What was found, with the rest of the word that it begins or ends in. */
function foundName(text: string, match: string | null): string | null {
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
