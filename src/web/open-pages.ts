import type { Context } from 'hono'
import type { Handler } from './access.ts'
import type { Dashboard } from './dashboard.ts'
import { createDashboard } from './dashboard.ts'
import { pagePolicy } from './headers.ts'
import { linksInSight } from './links.ts'
import { createPictures } from './pictures.ts'
import { findShare } from './share.ts'
import type { Sight } from './world.ts'
import { worldInSight } from './sight.ts'
import type { World } from './world.ts'

/** A page that can be shown to who is not logged in. */
export type OpenPage = Exclude<keyof Dashboard, 'sites'> | 'picture'

/** Pages for who is not logged in: those of public sites, and those behind shared links. */
export interface OpenPages {
  /** The page of a public site; null where the address is of no public site. */
  publicly(name: OpenPage): (context: Context) => Handler | null
  /** The page behind a shared link; its address begins with the secret. */
  shared(name: OpenPage): Handler
  /** The way from a bare link to its site. */
  readonly toShared: Handler
}

export function createOpenPages(world: World): OpenPages {
  const { deps } = world
  const shareOf = (context: Context) =>
    findShare(deps.auth.shares, context.req.param('secret') ?? '', deps.now())
  return {
    publicly: (name) => (context) => {
      const site = publicSite(context, world)
      return site === null ? null : pageInSight(name, { world, sight: { site, filters: [] }, secret: null })
    },
    shared: (name) => (context) => {
      const share = shareOf(context)
      const site = context.req.param('site') ?? share?.site
      if (share === null || share.site !== site) return context.notFound()
      const secret = context.req.param('secret') ?? ''
      return pageInSight(name, { world, sight: share, secret })(context)
    },
    toShared: (context) => {
      const share = shareOf(context)
      if (share === null) return context.notFound()
      const links = linksInSight(world.links, share.site, context.req.param('secret') ?? '')
      return context.redirect(links.sites, 302)
    },
  }
}

interface Shown {
  readonly world: World
  readonly sight: Sight
  /** Of the link; null where the site is public. */
  readonly secret: string | null
}

function pageInSight(name: OpenPage, { world, sight, secret }: Shown): Handler {
  const { site, filters } = sight
  const seen = worldInSight(world, { site, filters }, linksInSight(world.links, site, secret))
  const handler = name === 'picture' ? createPictures(seen) : createDashboard(seen)[name]
  return (context) => {
    context.header('Content-Security-Policy', pagePolicy(world.deps.embed))
    return handler(context)
  }
}

/** The public site of an address. The help is everybody's where there is any. */
function publicSite(context: Context, { deps }: World): string | null {
  const { sitesConfigured } = deps
  if (typeof sitesConfigured === 'string') return null
  const named = context.req.param('site')
  const open = sitesConfigured.filter((site) => site.public === true)
  return (named === undefined ? open[0] : open.find(({ name }) => name === named))?.name ?? null
}
