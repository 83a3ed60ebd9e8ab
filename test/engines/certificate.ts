import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A certificate that nobody signed, with its key. */
export interface Certificate {
  /** PEM. */
  readonly key: string
  /** PEM. */
  readonly cert: string
  /** SHA-256 of its public key in Base64: with it Chromium takes the certificate for a valid one, and keeps what it may. */
  readonly keyHash: string
}

const DAYS = 2

/** Makes a certificate for every host below `.test` in an existing folder. */
export async function makeCertificate(dir: string): Promise<Certificate> {
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const names = ['-subj', '/CN=test', '-addext', 'subjectAltName=DNS:*.test']
  await promisify(execFile)('openssl', [
    'req',
    ...kind,
    ...names,
    '-days',
    String(DAYS),
    '-keyout',
    key,
    '-out',
    cert,
  ])
  const pem = await readFile(cert, 'utf8')
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  const keyHash = createHash('sha256').update(spki).digest('base64')
  return { key: await readFile(key, 'utf8'), cert: pem, keyHash }
}
