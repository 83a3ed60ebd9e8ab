import assert from 'node:assert/strict'
import { test } from 'node:test'
import crawlers from 'crawler-user-agents'
import { isbot } from 'isbot'
import { findBotSign } from '../../../src/aws/bot-signs.ts'
import { createBotName } from '../../../src/bot-name.ts'
import { botName } from '../../../src/bot.ts'
import { AGENT_CASES } from '../../user-agents.ts'

const LISTED = crawlers.flatMap(({ instances }) => instances)
const KNOWN = [...LISTED, ...AGENT_CASES.map(({ userAgent }) => userAgent)]

test('the signs of a bot give isbot’s verdict on every bot of the crawler list and on every browser we know', () => {
  assert.deepEqual(
    KNOWN.filter((userAgent) => isbot(userAgent) !== (findBotSign(userAgent) !== null)),
    [],
  )
})

test('nearly all bots have the same name on Lambda as at home, although the list of names is not there', () => {
  const nameOnLambda = createBotName(findBotSign)
  const same = LISTED.filter((userAgent) => nameOnLambda(userAgent) === botName(userAgent))
  assert.ok(same.length / LISTED.length > 0.9, `${same.length} of ${LISTED.length}`)
})
