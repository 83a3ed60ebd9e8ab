/** Kinds of device that headers tell apart. */
export type Device = 'desktop' | 'phone' | 'tablet' | 'tv' | 'console' | 'watch' | 'headset'

/** The library's device types; what is built into other things (cars, boards) is not known to be any of ours. */
export const DEVICES: ReadonlyMap<string, Device> = new Map([
  ['mobile', 'phone'],
  ['tablet', 'tablet'],
  ['smarttv', 'tv'],
  ['console', 'console'],
  ['wearable', 'watch'],
])

/**
 * Apps and browsers that the library takes for the engine they embed, with their major version where they
 * give one (a group that matched). First match wins.
 */
export const APPS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Messenger', /(?:FBAN\/Messenger|FB_IAB\/(?:Orca|MESSENGER)).*?FBAV\/(\d+)/i],
  ['Facebook', /\bMetaIAB Facebook\b/],
  ['Threads', /\bBarcelona (\d+)/],
  ['TikTok', /\b(?:musical_ly|trill)_(\d{1,3})\.|\bmusical_ly\b.*?app_version\/(\d+)/],
  ['TikTok', /\bBytedanceWebview\b/],
  ['Pinterest', /\[Pinterest\//],
  ['LinkedIn', /\bLinkedInApp\]?\/?(\d+)?/],
  ['X', /\bTwitter(?:Android| for i)/],
  ['Telegram', /\bTelegram-Android\/(\d+)/],
  ['Reddit', /\bReddit\/(?:Version )?(\d+)?/],
  ['Slack', /\bSlack(?:_SSB)?\/(\d+)/],
  ['Discord', /\bdiscord\/(\d+)/i],
  ['Microsoft Teams', /\bTeams\/(\d+)/],
  ['Google App', /\bGSA\/(\d+)/],
  ['Ecosia', /\(Ecosia (?:ios|android)@(\d+)/],
  ['Brave', /\bBrave(?: Chrome)?\/(\d+)|\bBrave\)?$/],
  ['UC Browser', /\bUCBrowser\/?(\d+)/],
  ['HeyTap Browser', /\bHeyTapBrowser\/(\d+)/],
  ['Thunderbird', /\bThunderbird\/(\d+)/],
  ['Ladybird', /\bLadybird\/(\d+)/],
  ['Huawei Browser', /\bHuaweiBrowser\/(\d+)/],
  ['ArkWeb', /\bArkWeb\/(\d+)/],
  ['KaiOS Browser', /\bKAIOS\//],
  ['BlackBerry Browser', /\bBB10\b|\bBlackBerry\b/],
  ['PlayStation Browser', /\bPlayStation\b/i],
  ['Nintendo Browser', /\bNintendoBrowser\/(\d+)/],
  ['Nintendo Browser', /\bNintendo\b/],
]

/** The library's names of browsers → the field's, where they differ; null: not a browser's name. */
export const BROWSER_NAMES: ReadonlyMap<string, string | null> = new Map([
  ['Mobile Chrome', 'Chrome'],
  ['Chrome Headless', 'Chrome'],
  ['Chrome WebView', 'Android WebView'],
  ['Mobile Firefox', 'Firefox'],
  ['Focus', 'Firefox Focus'],
  ['Mobile Safari', 'Safari'],
  ['IE', 'Internet Explorer'],
  ['IEMobile', 'Internet Explorer'],
  ['Opera Mobi', 'Opera'],
  ['Opera Tablet', 'Opera'],
  ['Opera Touch', 'Opera'],
  ['Opera Coast', 'Opera'],
  ['Yandex', 'Yandex Browser'],
  ['QQBrowser', 'QQ Browser'],
  ['Silk', 'Amazon Silk'],
  ['PaleMoon', 'Pale Moon'],
  ['Line', 'LINE'],
  ['KAKAOTALK', 'KakaoTalk'],
  ['NAVER', 'Naver'],
  ['Twitter', 'X'],
  ['Mozilla', null],
])

/** Brands of `sec-ch-ua` → names of browsers. */
export const BRAND_NAMES: ReadonlyMap<string, string> = new Map([
  ['Chromium', 'Chromium'],
  ['Google Chrome', 'Chrome'],
  ['HeadlessChrome', 'Chrome'],
  ['Android WebView', 'Android WebView'],
  ['Microsoft Edge', 'Edge'],
  ['Microsoft Edge WebView2', 'Edge WebView'],
  ['Brave', 'Brave'],
  ['DuckDuckGo', 'DuckDuckGo'],
  ['Opera', 'Opera'],
  ['Opera GX', 'Opera GX'],
  ['Opera Mobile', 'Opera'],
  ['Opera Mini', 'Opera Mini'],
  ['Vivaldi', 'Vivaldi'],
  ['Samsung Internet', 'Samsung Internet'],
  ['YaBrowser', 'Yandex Browser'],
  ['Yandex', 'Yandex Browser'],
  ['Whale', 'Whale'],
  ['Oculus Browser', 'Oculus Browser'],
  ['HuaweiBrowser', 'Huawei Browser'],
  ['Avast Secure Browser', 'Avast Secure Browser'],
  ['AVG Secure Browser', 'AVG Secure Browser'],
  ['Norton Private Browser', 'Norton Private Browser'],
  ['CCleaner Browser', 'CCleaner Browser'],
  ['CocCoc', 'Coc Coc'],
  ['Ecosia', 'Ecosia'],
])

/** Names of systems by the field's, in lower case, from the library and from `sec-ch-ua-platform`. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  Windows: ['windows'],
  macOS: ['mac os', 'macos'],
  iOS: ['ios'],
  Android: ['android', 'android-x86'],
  ChromeOS: ['chromium os', 'chrome os', 'chromeos'],
  KaiOS: ['kaios'],
  Linux: [
    'linux',
    'gnu/linux',
    'ubuntu',
    'debian',
    'fedora',
    'red hat',
    'centos',
    'suse',
    'gentoo',
    'arch',
    'mint',
    'mageia',
    'manjaro',
    'deepin',
    'raspbian',
    'slackware',
  ],
}

/** Any of those names → the field's. */
export const SYSTEM_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(SYSTEMS).flatMap(([system, names]) => names.map((name) => [name, system] as const)),
)

/** Systems whose browsers say nothing of the device when it is a desktop or laptop. */
export const DESKTOP_SYSTEMS: ReadonlySet<string> = new Set([
  'Windows',
  'macOS',
  'Linux',
  'ChromeOS',
  'FreeBSD',
  'OpenBSD',
  'NetBSD',
  'DragonFly',
  'Solaris',
  'Haiku',
  'AmigaOS',
  'OS/2',
  'Unix',
])
