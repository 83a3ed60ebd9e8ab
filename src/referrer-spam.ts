import { parents, referrerHost } from './referrer-host.ts'

/** Whether the referrer is a known spammer's. */
export function isReferrerSpam(referrer: string): boolean {
  const host = referrerHost(referrer)
  return host !== null && parents(host).some((parent) => REFERRER_SPAM.has(parent))
}

/**
 * Hosts whose only visits are requests with themselves as referrer, made to be seen in reports. Hosts below
 * them count too.
 *
 * The best known of some 2,300 that https://github.com/matomo-org/referrer-spam-list collects (public domain;
 * each of these was found in its state of August 2026). Shops and registrars that readers really come from are
 * left out, though that list has some.
 */
const REFERRER_SPAM: ReadonlySet<string> = new Set(
  `
    semalt.com semaltmedia.com darodar.com econom.co ilovevitaly.com ilovevitaly.co priceg.com
    hulfingtonpost.com theguardlan.com blackhatworth.com cenoval.ru cityadspix.com buttons-for-website.com
    buttons-for-your-website.com simple-share-buttons.com share-buttons.xyz social-buttons.com
    free-social-buttons.com free-share-buttons.com floating-share-buttons.com free-floating-buttons.com
    sharebutton.net best-seo-offer.com best-seo-solution.com 100dollars-seo.com 1-99seo.com success-seo.com
    seo-platform.com seoanalyses.com get-free-traffic-now.com free-traffic.xyz traffic2money.com
    trafficmonetize.org trafficmonetizer.org trafficbot.life bot-traffic.xyz bottraffic4free.club
    bottraffic329.xyz webmonetizer.net monetizationking.net makemoneyonline.com 7makemoneyonline.com
    justprofit.xyz 4webmasters.org event-tracking.com hundejo.com kambasoft.com savetubevideo.com
    videos-for-your-business.com video--production.com rankings-analytics.com ranksonic.info
    rank-checker.online dailyrank.net sitevaluation.org website-analyzer.info site-auditor.online
    keywords-monitoring-your-success.com fix-website-errors.com slow-website.xyz googlsucks.com
    copyrightclaims.org compliance-alex.xyz law-enforcement-bot-ff.xyz guardlink.org o-o-6-o-o.com
    o-o-8-o-o.com o-o-11-o-o.com snip.to snip.tw iskalko.ru luxup.ru vodkoved.ru edakgfvwql.ru ghazel.ru
    sexyali.com erot.co rapidgator-porn.ga pornhub-forum.ga youporn-forum.ga chinese-amezon.com
    alibestsale.com anticrawler.org gobongo.info brakehawk.com qualitymarketzone.com fbdownloader.com
    bestwebsitesawards.com descargar-musica-gratis.net baixar-musicas-gratis.com responsive-test.net
    hongfanji.com
  `
    .trim()
    .split(/\s+/),
)
