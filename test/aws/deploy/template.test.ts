import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleLambda } from '../../../scripts/lambda-bundle.ts'
import { packCode, unpackCode } from '../../../src/aws/packed-code.ts'
import { DEPLOY_OPTIONS } from '../../../src/aws/parameters.ts'
import { awsTool, whyNoAwsTools } from '../support/ministack.ts'
import type { Json } from './template.ts'
import { PARSED, TEMPLATE, valuesOf } from './template.ts'

const { Parameters, Resources, Outputs } = PARSED
const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type)
const permissions = ofType('AWS::Lambda::Permission')

/** CloudFormation takes a template of so many bytes without a bucket. */
const TEMPLATE_BYTES_MAX = 51_200

test('the template fits into a call, the function included, with room to grow', () => {
  const bytes = Buffer.byteLength(TEMPLATE)
  assert(bytes + 3_000 <= TEMPLATE_BYTES_MAX, `${bytes} bytes of ${TEMPLATE_BYTES_MAX}`)
})

test('its function is the one that is built of these sources', async () => {
  const { code } = await bundleLambda()
  assert(unpackCode(TEMPLATE) === code, 'run "npm run build:template"')
  const [functionResource] = ofType('AWS::Lambda::Function')
  assert.deepEqual(functionResource?.[1].Properties['Code'], { ZipFile: packCode(code) })
})

test('it is plain: no transform, no bucket, no resource of its own making', () => {
  assert.doesNotMatch(TEMPLATE, /^Transform:/m)
  const types = Object.values(Resources).map(({ Type }) => Type)
  assert.deepEqual(
    types.filter((type) => /S3|Custom/.test(type)),
    [],
  )
})

test('no policy has a "*" as or in an action, or as or in a resource', () => {
  const properties = Object.values(Resources).map(({ Properties }) => Properties)
  const policies = ['PolicyDocument', 'AssumeRolePolicyDocument'].flatMap((key) => valuesOf(properties, key))
  assert.equal(policies.length, 2)
  const reader = JSON.parse(readerPolicy())
  for (const key of ['Action', 'Resource', 'NotAction', 'NotResource']) {
    const found = valuesOf([...policies, reader, ...permissions.map(([, { Properties }]) => Properties)], key)
    assert.deepEqual(
      found.filter((value) => JSON.stringify(value).includes('*')),
      [],
      key,
    )
  }
})

test('the role may put items into the one table, and log', () => {
  const [role] = ofType('AWS::IAM::Role')
  const properties = role?.[1].Properties ?? {}
  const statements = valuesOf(properties['Policies'] ?? null, 'Statement').flat()
  assert.equal(statements.length, 1)
  assert.deepEqual(statements[0], {
    Effect: 'Allow',
    Action: 'dynamodb:PutItem',
    Resource: {
      'Fn::Sub': [
        'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}',
        { Table: { 'Fn::If': ['NewTable', { Ref: 'Hits' }, { Ref: 'ExistingTable' }] } },
      ],
    },
  })
  assert.deepEqual(properties['ManagedPolicyArns'], [
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
  ])
})

/** Who may call the function, by endpoint: each way in needs both, and InvokeFunction for URLs holds for the URL alone. */
const WAYS_IN: Readonly<Record<string, readonly Json[]>> = {
  OpenUrl: [
    { Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
    { Principal: '*', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
  ],
  RestApi: [
    {
      Principal: 'apigateway.amazonaws.com',
      Action: 'lambda:InvokeFunction',
      ...sourced('execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*'),
    },
  ],
  CloudFront: [
    {
      Principal: 'cloudfront.amazonaws.com',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'AWS_IAM',
      ...sourced('cloudfront::${AWS::AccountId}:distribution/${Distribution}'),
    },
    {
      Principal: 'cloudfront.amazonaws.com',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
      ...sourced('cloudfront::${AWS::AccountId}:distribution/${Distribution}'),
    },
  ],
}

function sourced(resource: string) {
  return { SourceArn: { 'Fn::Sub': `arn:\${AWS::Partition}:${resource}` } }
}

test('each endpoint lets in whom it must, and nobody else', () => {
  const found = Object.groupBy(permissions, ([, { Condition = '' }]) => Condition)
  const ways = Object.entries(found).map(([condition, list = []]) => [
    condition,
    list.map(
      ([
        ,
        {
          Properties: { FunctionName, ...rest },
        },
      ]) => {
        assert.deepEqual(FunctionName, { Ref: 'Collector' })
        return rest
      },
    ),
  ])
  assert.deepEqual(Object.fromEntries(ways), WAYS_IN)
})

test('the table stays when the stack goes, and forgets by "ttl"', () => {
  const [table] = ofType('AWS::DynamoDB::Table')
  const { DeletionPolicy, UpdateReplacePolicy, Properties } = { ...table?.[1] }
  assert.deepEqual([DeletionPolicy, UpdateReplacePolicy], ['Retain', 'Retain'])
  assert.deepEqual(Properties?.['TimeToLiveSpecification'], { AttributeName: 'ttl', Enabled: true })
})

test('by default nothing can cost: free capacity, no reserved concurrency, no API Gateway', () => {
  const names = [
    'BillingMode',
    'WriteCapacity',
    'ReadCapacity',
    'ReservedConcurrency',
    'Endpoint',
    'KeepDays',
  ]
  assert.deepEqual(
    names.map((name) => Parameters[name]?.Default),
    ['provisioned', 25, 25, '', 'function-url', 365],
  )
  for (const [name, { Description }] of Object.entries(Parameters))
    assert.match(Description ?? '', /.{20}/, name)
})

test('CloudFront asks once, caches nothing, and forwards ten headers and no cookie', () => {
  const [distribution] = ofType('AWS::CloudFront::Distribution')
  const config = distribution?.[1].Properties ?? {}
  assert.deepEqual(valuesOf(config, 'ConnectionAttempts'), [1])
  assert.deepEqual(valuesOf(config, 'CachePolicyId'), ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad'])
  const [policy] = ofType('AWS::CloudFront::OriginRequestPolicy')
  const [headers] = valuesOf(policy?.[1].Properties ?? {}, 'Headers')
  assert.equal([headers].flat().length, 10)
  for (const name of ['CloudFront-Viewer-Country', 'If-None-Match'])
    assert([headers].flat().includes(name), name)
  assert.doesNotMatch(JSON.stringify(headers), /Host|Viewer-Address|Cookie/)
  assert.deepEqual(valuesOf(policy?.[1].Properties ?? {}, 'CookieBehavior'), ['none'])
})

test('whatever an option of "aws deploy" lets pass the template does, too', () => {
  for (const [option, { parameter, accepts }] of Object.entries(DEPLOY_OPTIONS)) {
    const declared = Parameters[parameter]
    assert(declared !== undefined, option)
    const { AllowedValues, AllowedPattern, MinValue, MaxValue } = declared
    for (const sample of SAMPLES.concat(AllowedValues ?? []).filter((sample) => accepts(sample))) {
      const name = `--${option} ${sample}`
      if (AllowedValues !== undefined) assert(AllowedValues.includes(sample), name)
      if (AllowedPattern !== undefined) assert.match(sample, new RegExp(`^(?:${AllowedPattern})$`), name)
      if (MaxValue === undefined) continue
      assert(Number(sample) >= (MinValue ?? 0) && Number(sample) <= MaxValue, name)
    }
    assert(AllowedValues === undefined || AllowedValues.every((value) => accepts(value)), option)
  }
})

const SAMPLES = [
  '',
  '0',
  '1',
  '5',
  '25',
  '99',
  '365',
  '366',
  '999',
  '1000',
  '40000',
  '40001',
  '-1',
  '1.5',
  'x',
  'count.example.org',
  'a@b.example',
  'arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab',
  'arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd',
  'arn:aws:iam::123456789012:policy/boundary',
  'arn:aws-us-gov:iam::aws:policy/PowerUserAccess',
]

test('the policy for readers names two actions on the table and one on the stack', () => {
  const { Statement } = JSON.parse(readerPolicy())
  assert.deepEqual(
    Statement.map(({ Action }: { readonly Action: Json }) => Action),
    [['dynamodb:DescribeTable', 'dynamodb:Query'], 'cloudformation:DescribeStacks'],
  )
})

function readerPolicy(): string {
  const text = valuesOf(Outputs['ReaderPolicy']?.Value ?? null, 'Fn::Sub').flat()[0]
  assert(typeof text === 'string')
  return text
}

test('cfn-lint finds nothing', { skip: whyNoAwsTools() }, () => {
  execFileSync(awsTool('cfn-lint'), [join(import.meta.dirname, '../../../deploy/template.yaml')])
})
