/** Kinds of device that headers tell apart. */
export type Device = 'desktop' | 'phone' | 'tablet' | 'tv' | 'console' | 'watch' | 'headset'

/** The library's device types; what is built into other things (cars, boards) is not known to be any of ours. */
export const DEVICES: Readonly<Record<string, Device>> = {
  mobile: 'phone',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'watch',
}

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
export const BROWSER_NAMES: Readonly<Record<string, string | null>> = {
  'Mobile Chrome': 'Chrome',
  'Chrome Headless': 'Chrome',
  'Chrome WebView': 'Android WebView',
  'Mobile Firefox': 'Firefox',
  Focus: 'Firefox Focus',
  'Mobile Safari': 'Safari',
  IE: 'Internet Explorer',
  IEMobile: 'Internet Explorer',
  'Opera Mobi': 'Opera',
  'Opera Tablet': 'Opera',
  'Opera Touch': 'Opera',
  'Opera Coast': 'Opera',
  Yandex: 'Yandex Browser',
  QQBrowser: 'QQ Browser',
  Silk: 'Amazon Silk',
  PaleMoon: 'Pale Moon',
  Line: 'LINE',
  KAKAOTALK: 'KakaoTalk',
  NAVER: 'Naver',
  Twitter: 'X',
  Mozilla: null,
}

/** Brands of `sec-ch-ua` → names of browsers. */
export const BRAND_NAMES: Readonly<Record<string, string>> = {
  Chromium: 'Chromium',
  'Google Chrome': 'Chrome',
  HeadlessChrome: 'Chrome',
  'Android WebView': 'Android WebView',
  'Microsoft Edge': 'Edge',
  'Microsoft Edge WebView2': 'Edge WebView',
  Brave: 'Brave',
  DuckDuckGo: 'DuckDuckGo',
  Opera: 'Opera',
  'Opera GX': 'Opera GX',
  'Opera Mobile': 'Opera',
  'Opera Mini': 'Opera Mini',
  Vivaldi: 'Vivaldi',
  'Samsung Internet': 'Samsung Internet',
  YaBrowser: 'Yandex Browser',
  Yandex: 'Yandex Browser',
  Whale: 'Whale',
  'Oculus Browser': 'Oculus Browser',
  HuaweiBrowser: 'Huawei Browser',
  'Avast Secure Browser': 'Avast Secure Browser',
  'AVG Secure Browser': 'AVG Secure Browser',
  'Norton Private Browser': 'Norton Private Browser',
  'CCleaner Browser': 'CCleaner Browser',
  CocCoc: 'Coc Coc',
  Ecosia: 'Ecosia',
}

/** Names of systems in lower case, from the library and from `sec-ch-ua-platform` → the field's. */
export const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  windows: 'Windows',
  'mac os': 'macOS',
  macos: 'macOS',
  ios: 'iOS',
  android: 'Android',
  'android-x86': 'Android',
  linux: 'Linux',
  'gnu/linux': 'Linux',
  ubuntu: 'Linux',
  debian: 'Linux',
  fedora: 'Linux',
  'red hat': 'Linux',
  centos: 'Linux',
  suse: 'Linux',
  gentoo: 'Linux',
  arch: 'Linux',
  mint: 'Linux',
  mageia: 'Linux',
  manjaro: 'Linux',
  deepin: 'Linux',
  raspbian: 'Linux',
  slackware: 'Linux',
  'chromium os': 'ChromeOS',
  'chrome os': 'ChromeOS',
  chromeos: 'ChromeOS',
  kaios: 'KaiOS',
}

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
