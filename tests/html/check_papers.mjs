// Every HTML paper of every dataset: no error from html-validate, none from axe-core in Chromium, and no page wider than its screen.
//
// Needs node, Chromium (CHROMIUM, else /usr/bin/chromium) and the npm packages html-validate, axe-core and playwright-core, in the
// folder that WAYMARK_NODE names ("npm install html-validate axe-core playwright-core" there). Without them it is skipped, saying so.
// Run with names of HTML files to check those instead.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const SKIPPED = 77;
const SCREENS = [
    { width: 320, colorScheme: 'light' },
    { width: 1440, colorScheme: 'dark' },
    { width: 1024, colorScheme: 'light', media: 'print' },
];

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(SKIPPED);
}

function findTools() {
    const chromium = process.env.CHROMIUM || '/usr/bin/chromium';
    if (!process.env.WAYMARK_NODE)
        skip('WAYMARK_NODE does not name a folder with html-validate, axe-core and playwright-core');
    if (!fs.existsSync(chromium))
        skip(`there is no ${chromium}; name one in CHROMIUM`);
    try {
        const require = createRequire(path.join(path.resolve(process.env.WAYMARK_NODE), 'package.json'));
        return {
            HtmlValidate: require('html-validate').HtmlValidate,
            launch: () => require('playwright-core').chromium.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] }),
            axe: fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'),
        };
    } catch (error) {
        return skip(error.message.split('\n')[0]);
    }
}

/** Run each dataset as a copy in `folder`; returns the papers. */
function makePapers(folder) {
    const datasets = path.join(process.env.WAYMARK_SOURCE, 'datasets');
    const papers = [];
    for (const name of fs.readdirSync(datasets).sort()) {
        if (!fs.existsSync(path.join(datasets, name, 'plan.ini')))
            continue;
        const plan = path.join(folder, name), out = path.join(folder, `${name}-out`);
        fs.cpSync(path.join(datasets, name), plan, { recursive: true });
        const run = spawnSync(process.env.WAYMARK_COMMAND, ['run', plan, '--out', out, '--quiet'], { encoding: 'utf8' });
        if (run.status !== 0)
            throw new Error(`waymark run ${name}: ${run.stderr}`);
        for (const file of fs.readdirSync(out).filter(file => file.endsWith('.html')).sort())
            papers.push(path.join(out, file));
    }
    return papers;
}

async function validate(tools, file) {
    const report = await new tools.HtmlValidate({ extends: ['html-validate:recommended'] }).validateFile(file);
    return report.results.flatMap(result => result.messages)
        .map(message => `${message.line}:${message.column}: ${message.ruleId}: ${message.message}`);
}

async function look(tools, browser, file, { media, ...screen }) {
    const context = await browser.newContext({ viewport: { width: screen.width, height: 900 }, colorScheme: screen.colorScheme, offline: true });
    const page = await context.newPage();
    await page.goto(`file://${path.resolve(file)}`);
    if (media)
        await page.emulateMedia({ media });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.evaluate(tools.axe);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    await context.close();
    const where = `${screen.width} px, ${media ?? screen.colorScheme}`;
    return [
        ...(excess > 0 ? [`${where}: ${excess} px wider than the screen`] : []),
        ...violations.map(one => `${where}: ${one.id}, ${one.nodes.length} times: ${one.help}: ${one.nodes[0].html.slice(0, 160)}`),
    ];
}

async function check(tools, files) {
    const browser = await tools.launch();
    let n = 0;
    for (const file of files) {
        const faults = await validate(tools, file);
        for (const screen of SCREENS)
            faults.push(...await look(tools, browser, file, screen));
        faults.forEach(fault => console.log(`${file}: ${fault}`));
        n += faults.length;
    }
    await browser.close();
    console.log(`${files.length} papers, ${n} faults`);
    return n;
}

const tools = findTools();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-papers-'));
try {
    const files = process.argv.length > 2 ? process.argv.slice(2) : makePapers(folder);
    process.exitCode = await check(tools, files) ? 1 : 0;
} finally {
    fs.rmSync(folder, { recursive: true, force: true });
}
