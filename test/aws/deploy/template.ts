import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CollectionTag, ScalarTag } from 'yaml'
import { parse } from 'yaml'

/** Text of the template, as it is deployed. */
export const TEMPLATE = readFileSync(join(import.meta.dirname, '../../../deploy/template.yaml'), 'utf8')

/** Any value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** A part of the template. */
export interface Resource {
  readonly Type: string
  readonly Condition?: string
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly Properties: Readonly<Record<string, Json>>
}

interface Template {
  readonly Parameters: Readonly<
    Record<
      string,
      {
        readonly Default?: Json
        readonly Description?: string
        readonly MinValue?: number
        readonly MaxValue?: number
        readonly AllowedPattern?: string
        readonly AllowedValues?: readonly string[]
      }
    >
  >
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: Json }>>
}

const FUNCTIONS = ['If', 'Sub', 'GetAtt', 'Equals', 'Not', 'And', 'Select', 'Split']

/** Short forms of CloudFormation's functions, as the long forms that they stand for. */
const TAGS: (ScalarTag | CollectionTag)[] = [
  { tag: '!Ref', resolve: (name: string) => ({ Ref: name }) },
  ...FUNCTIONS.flatMap((name): (ScalarTag | CollectionTag)[] => [
    { tag: `!${name}`, resolve: (value: string) => ({ [`Fn::${name}`]: value }) },
    { tag: `!${name}`, collection: 'seq', resolve: (value) => ({ [`Fn::${name}`]: value.toJSON() }) },
  ]),
]

/** The template as CloudFormation understands it. */
export const PARSED: Template = parse(TEMPLATE, { customTags: TAGS })

/** All values that stand under the name `key`, at any depth. */
export function valuesOf(value: Json, key: string): readonly Json[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const below = valuesOf(member, key)
    return name === key ? [member].concat(below) : below
  })
}
