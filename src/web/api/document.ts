import type { Api, ApiWorld } from './world.ts'
import { referencePage } from './reference.ts'

const ABOUT = {
  openapi: '3.1.0',
  info: {
    title: 'Headcount',
    version: '1',
    description: 'Numbers out, hits in. Read docs/api.md first.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
}

/** The API's description of itself, for programs and for people. */
export function routeDocument(api: Api, { deps, links }: ApiWorld): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'Made by "headcount token make NAME --scope read|count|export"',
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'headcount',
    description: 'A session of the dashboard',
  })
  const describe = (request: Request) => {
    const servers = [{ url: new URL(deps.publicUrl(request)).origin }]
    return api.getOpenAPI31Document({ ...ABOUT, servers })
  }
  api.get('/api/v1/openapi.json', (context) => context.json(describe(context.req.raw)))
  api.get('/api/v1/', (context) => context.html(referencePage(describe(context.req.raw), links)))
}
