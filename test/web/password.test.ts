import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from '../../src/web/password.ts'

test('a password is known again, another is not, and no two hashes are equal', async () => {
  const [hash, other] = await Promise.all([hashPassword('grün wie Gras'), hashPassword('grün wie Gras')])
  assert.match(hash, /^scrypt\$N=32768,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/)
  assert.notEqual(hash, other)
  assert.equal(await verifyPassword('grün wie Gras', hash), true)
  assert.equal(await verifyPassword('gru\u0308n wie Gras', hash), true)
  assert.equal(await verifyPassword('Grün wie Gras', hash), false)
  assert.equal(await verifyPassword('', hash), false)
})

for (const hash of ['', 'scrypt', 'scrypt$N=1073741824,r=8,p=1$AAAA$AAAA', '$2b$12$abcdefghijklmnopqrstuu']) {
  test(`a hash that is not ours ("${hash}") fits no password`, async () => {
    assert.equal(await verifyPassword('', hash), false)
  })
}
