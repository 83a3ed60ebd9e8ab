#!/bin/sh
# Headcount on AWS step by step, with AWS's own command line: what "headcount aws deploy" makes in one go.
#
#   SITES=blog.example.org TIMEZONE=Europe/Warsaw ZIP=dist-lambda/headcount-lambda.zip sh long-way.sh
#
# The zip is made by "npm run build:lambda". Each step says what it is for; none needs another tool. NAME (default
# "headcount") names everything that is made. TIMEZONE (default UTC) says when the day of your sites begins. To undo it: delete the URL, the function, the role's policies, the
# role, the log group, the alarm and last, when its hits are no longer needed, the table.
set -eu
NAME=${NAME:-headcount}
ZIP=${ZIP:-dist-lambda/headcount-lambda.zip}
TIMEZONE=${TIMEZONE:-UTC}
TABLE=$NAME-hits
ROLE=$NAME-collector
LOG=/aws/lambda/$NAME
: "${SITES:?say which sites are counted: SITES=blog.example.org,example.org}"

# 1. The table. 25 write and 25 read units are free of charge for ever, and no attack can make them more.
aws dynamodb create-table --table-name "$TABLE" \
  --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=sk,AttributeType=S \
  --key-schema AttributeName=pk,KeyType=HASH AttributeName=sk,KeyType=RANGE \
  --billing-mode PROVISIONED --provisioned-throughput ReadCapacityUnits=25,WriteCapacityUnits=25 >/dev/null
aws dynamodb wait table-exists --table-name "$TABLE"
aws dynamodb update-time-to-live --table-name "$TABLE" \
  --time-to-live-specification Enabled=true,AttributeName=ttl >/dev/null
TABLE_ARN=$(aws dynamodb describe-table --table-name "$TABLE" --query Table.TableArn --output text)

# 2. The role: the function may write to that one table and log failures, nothing else.
ROLE_ARN=$(aws iam create-role --role-name "$ROLE" --query Role.Arn --output text --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}')
aws iam attach-role-policy --role-name "$ROLE" \
  --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
aws iam put-role-policy --role-name "$ROLE" --policy-name put-hits --policy-document \
  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"dynamodb:PutItem\",\"Resource\":\"$TABLE_ARN\"}]}"

# 3. The log, which forgets after two weeks. Lambda writes failures to it, and nothing about single hits.
aws logs create-log-group --log-group-name "$LOG"
aws logs put-retention-policy --log-group-name "$LOG" --retention-in-days 14

# 4. The function. A new role takes some seconds until Lambda may use it, so this is tried a few times.
create_function() {
  aws lambda create-function --function-name "$NAME" --runtime nodejs24.x --architectures arm64 \
    --handler index.handler --memory-size 128 --timeout 3 --role "$ROLE_ARN" --zip-file "fileb://$ZIP" \
    --logging-config "LogFormat=JSON,SystemLogLevel=WARN,ApplicationLogLevel=WARN,LogGroup=$LOG" \
    --environment "{\"Variables\":{\"HEADCOUNT_TABLE\":\"$TABLE\",\"HEADCOUNT_SITES\":\"$SITES\",
      \"HEADCOUNT_SETTINGS\":\"{\\\"timezone\\\":\\\"$TIMEZONE\\\"}\"}}" >/dev/null
}
tries=1
until create_function; do
  [ "$tries" -lt 6 ] || exit 1
  tries=$((tries + 1))
  sleep 5
done
aws lambda wait function-active-v2 --function-name "$NAME"

# 5. Its address. Browsers are anyone, so anyone may call it; the second permission allows no call but by the URL.
aws lambda add-permission --function-name "$NAME" --statement-id url --principal '*' \
  --action lambda:InvokeFunctionUrl --function-url-auth-type NONE >/dev/null
aws lambda add-permission --function-name "$NAME" --statement-id invoke-by-url --principal '*' \
  --action lambda:InvokeFunction --invoked-via-function-url >/dev/null
URL=$(aws lambda create-function-url-config --function-name "$NAME" --auth-type NONE --query FunctionUrl --output text)

# 6. An alarm for when the table was too busy for all hits.
aws cloudwatch put-metric-alarm --alarm-name "$NAME-throttled" --namespace AWS/DynamoDB \
  --metric-name WriteThrottleEvents --dimensions "Name=TableName,Value=$TABLE" --statistic Sum --period 300 \
  --evaluation-periods 1 --threshold 0 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching

# 7. The tag for the head of every page, with its own path for {path}; "headcount aws pull table/$TABLE" reads the hits.
printf '<link rel="stylesheet" media="none" href="%sc.css?p={path}" referrerpolicy="no-referrer-when-downgrade">\n' "$URL"
