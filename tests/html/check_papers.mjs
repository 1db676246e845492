// Every HTML paper of every dataset: no error from html-validate, none from axe-core in Chromium, no page wider than its
// screen, no script, and all of it within reach of the Tab key.
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

const MOST_STOPS = 300; // that are walked through; a long report has more

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

/** A plan whose measure has figures of two types of unit, which no dataset has. */
function makeAreas(folder) {
    const regions = ['North', 'South'], periods = ['2023', '2024'];
    const areas = Array.from({ length: 12 }, (_, i) => ({ unit: `A${i}`, name: `Area ${i}`, parent: regions[i % 2], type: 'local_authority' }));
    const units = [...regions.map(unit => ({ unit, name: unit, parent: '', type: 'region' })), ...areas];
    const files = {
        'plan.ini': '[plan]\ntitle = Areas compared\narea = Country\nstart = 2022-12-31\nend = 2025-12-31\n',
        'indicators.csv': 'indicator,title,kind,measure_unit,polarity,frequency,decimals\nPCT,Plans within 20 weeks,percent,%,higher,year,1\n',
        'units.csv': `unit,name,parent,type\n${units.map(one => `${one.unit},${one.name},${one.parent},${one.type}`).join('\n')}\n`,
        'drops/2025-06-30/x.csv': `indicator,unit,period,numerator,denominator\n${
            periods.flatMap(period => units.map(({ unit }, i) => `PCT,${unit},${period},${10 + 7 * i},${120 + i}`)).join('\n')}\n`,
    };
    for (const [name, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
    }
}

function waymark(...words) {
    const run = spawnSync(process.env.WAYMARK_COMMAND, words, { encoding: 'utf8' });
    if (run.status !== 0)
        throw new Error(`waymark ${words.join(' ')}: ${run.stderr}`);
}

/** Run each dataset as a copy in `folder`, and a plan with areas, of which there is a batch, too; returns the papers. */
function makePapers(folder) {
    const datasets = path.join(process.env.WAYMARK_SOURCE, 'datasets');
    const plans = fs.readdirSync(datasets).sort().filter(name => fs.existsSync(path.join(datasets, name, 'plan.ini')));
    for (const name of plans)
        fs.cpSync(path.join(datasets, name), path.join(folder, name), { recursive: true });
    makeAreas(path.join(folder, 'areas'));
    waymark('batch', path.join(folder, 'areas'), '--charts', 'none', '--quiet');
    const papers = [path.join(folder, 'areas', 'batch', 'index.html')];
    for (const name of [...plans, 'areas']) {
        const out = path.join(folder, `${name}-out`);
        waymark('run', path.join(folder, name), '--out', out, '--quiet');
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

/** Go through a paper by the Tab key alone: every link and summary is reached in its order, is seen to be, and Enter goes where it says. */
async function walk(browser, file) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, offline: true });
    const page = await context.newPage();
    await page.goto(`file://${path.resolve(file)}`);
    const n = await page.evaluate(() => {
        window.stops = [...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')].filter(one => one.checkVisibility()); // not what a closed table of figures holds
        return stops.length;
    });
    const faults = [];
    for (let i = 0; i < Math.min(n, MOST_STOPS) && faults.length === 0; i++) {
        await page.keyboard.press('Tab');
        const [at, outline, html] = await page.evaluate(() => {
            const one = document.activeElement;
            return [stops.indexOf(one), getComputedStyle(one).outlineStyle, one.outerHTML.slice(0, 120)];
        });
        if (at !== i)
            faults.push(`keyboard: stop ${i + 1} of ${n} is ${html}`);
        else if (outline === 'none')
            faults.push(`keyboard: nothing shows that ${html} has the focus`);
    }
    const links = await page.evaluate(() => stops.filter(one => one.hash && one.pathname === location.pathname).map(one => decodeURIComponent(one.hash.slice(1)))
        .filter(id => !document.getElementById(id)));
    faults.push(...links.map(id => `a link leads to #${id}, which is not there`));
    await page.evaluate(() => stops[0]?.focus());
    if (n > 0 && await page.evaluate(() => !!stops[0].hash)) {
        await page.keyboard.press('Enter');
        if (await page.evaluate(() => location.hash !== stops[0].hash))
            faults.push('keyboard: Enter on the first link leads nowhere');
    }
    await context.close();
    return faults;
}

async function check(tools, files) {
    const browser = await tools.launch();
    let n = 0;
    for (const file of files) {
        const faults = await validate(tools, file);
        for (const screen of SCREENS)
            faults.push(...await look(tools, browser, file, screen));
        faults.push(...await walk(browser, file));
        if (/<script/i.test(fs.readFileSync(file, 'utf8')))
            faults.push('it has a script: a paper is read without any');
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
