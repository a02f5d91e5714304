// Loads a list of people into PouchDB, ten thousand documents at a time: node -e ... list.csv folder
const { createReadStream } = require("node:fs");
const { createInterface } = require("node:readline");
const PouchDB = require("pouchdb");

const [list, folder] = process.argv.slice(1);
const AT_ONCE = 10_000;

async function load() {
  const database = new PouchDB(folder);
  let heads = null;
  let documents = [];
  let loaded = 0;
  const write = async () => {
    const answers = await database.bulkDocs(documents);
    if (answers.some((answer) => answer.error)) throw new Error("a document was refused");
    loaded += documents.length;
    documents = [];
  };
  for await (const line of createInterface({ input: createReadStream(list) })) {
    const cells = line.split(",");
    if (heads === null) {
      heads = cells;
      continue;
    }
    const person = { _id: String(loaded + documents.length).padStart(9, "0") };
    heads.forEach((head, index) => (person[head] = cells[index]));
    documents.push(person);
    if (documents.length === AT_ONCE) await write();
  }
  await write();
  await database.close();
}

load().catch((error) => {
  console.error(error);
  process.exit(1);
});
