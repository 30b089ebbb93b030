// DynamoDB of the embedded ground in a process of its own, as `npm start` runs it; prints its endpoint and lives until its parent goes.
import { startDynamo } from '#infra/local/dynamo.ts';

const folder = process.argv[2];
const engine = await startDynamo(folder === undefined || folder === '' ? {} : { folder });
process.stdout.write(`${engine.endpoint}\n`);
process.stdin.resume();
process.stdin.on('end', () => {
  void engine.stop().finally(() => process.exit(0));
});
