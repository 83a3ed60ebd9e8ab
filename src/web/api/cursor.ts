import { refusal } from '../query.ts'

/** Where the next page of a list begins. To those who pass it on it means nothing, so that it may come to mean more. */
export function cursorAt(offset: number): string {
  return Buffer.from(`offset ${offset}`).toString('base64url')
}

/** @throws {AppError} QUESTION_INVALID when it is none of `cursorAt` */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [, offset] = /^offset (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (offset === undefined) throw refusal(`"cursor" is "${cursor}", expected "next" of the page before`)
  return Number(offset)
}
