// Submits one job to Leat over Kafka: node submit.mjs BROKERS REGISTRY_URL TOPIC SCHEMA_FILE JOB_ID TYPE PARAMS
import { readFileSync } from 'node:fs';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';

const [brokers, host, topic, schemaFile, jobId, type, params] = process.argv.slice(2);

const registry = new SchemaRegistry({ host });
const { id } = await registry.register(
  { type: SchemaType.AVRO, schema: readFileSync(schemaFile, 'utf8') },
  { subject: `${topic}-value` },
);
const value = await registry.encode(id, { type, params, submittedAt: Date.now(), tags: ['node'], attempt: 1 });

const producer = new Kafka({ clientId: 'orders', brokers: brokers.split(','), logLevel: logLevel.ERROR })
  .producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
await producer.connect();
await producer.send({ topic, acks: -1, messages: [{ key: jobId, value }] });
await producer.disconnect();
console.log(`submitted ${jobId}`);
