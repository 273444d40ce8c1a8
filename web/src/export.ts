// What is shown, as files: CSV, SVG, PNG. Nothing leaves the machine.
import type { Cell } from "./data";

export interface Sheet {
    columns: string[];
    rows: Cell[][];
}

export interface Caption {
    title: string;
    source: string;
}

function csvCell(cell: Cell): string {
    if (cell === null) return "";
    if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
    // A cell that a spreadsheet would take for a formula is text here.
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

// With the byte order mark, without which Excel takes Chinese for something else.
export function csvOf(sheet: Sheet): string {
    return `\uFEFF${[sheet.columns, ...sheet.rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

export function save(name: string, content: Blob): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const KEPT = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "dominant-baseline",
    "letter-spacing",
    "visibility",
    "display",
];
const SVG = "http://www.w3.org/2000/svg";

// The colours and letters of the page go along, since a file has no style sheet.
function styled(from: Element, to: Element): void {
    const style = getComputedStyle(from);
    for (const name of KEPT) {
        const value = style.getPropertyValue(name);
        if (value) to.setAttribute(name, value);
    }
    to.removeAttribute("class");
    to.removeAttribute("tabindex");
    for (let i = 0; i < from.children.length; i++) styled(from.children[i]!, to.children[i]!);
}

function letter(x: number, y: number, size: number, words: string, fill: string, weight = "400"): SVGTextElement {
    const element = document.createElementNS(SVG, "text");
    element.setAttribute("x", String(x));
    element.setAttribute("y", String(y));
    element.setAttribute("font-size", String(size));
    element.setAttribute("font-family", "Helvetica, Arial, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif");
    element.setAttribute("font-weight", weight);
    element.setAttribute("fill", fill);
    element.textContent = words;
    return element;
}

function paper(): { back: string; ink: string; grey: string } {
    const style = getComputedStyle(document.documentElement);
    return {
        back: style.getPropertyValue("--panel").trim() || "#ffffff",
        ink: style.getPropertyValue("--ink").trim() || "#111111",
        grey: style.getPropertyValue("--quiet").trim() || "#555555",
    };
}

const HEAD = 52,
    FOOT = 30,
    EDGE = 16;

function framed(width: number, height: number, caption: Caption): SVGSVGElement {
    const { back, ink, grey } = paper();
    const root = document.createElementNS(SVG, "svg");
    root.setAttribute("xmlns", SVG);
    root.setAttribute("width", String(width + 2 * EDGE));
    root.setAttribute("height", String(height + HEAD + FOOT));
    root.setAttribute("viewBox", `0 0 ${width + 2 * EDGE} ${height + HEAD + FOOT}`);
    const ground = document.createElementNS(SVG, "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", back);
    root.append(
        ground,
        letter(EDGE, 30, 17, caption.title, ink, "700"),
        letter(EDGE, height + HEAD + 18, 11, caption.source, grey),
    );
    return root;
}

export function svgOfDrawing(drawing: SVGSVGElement, caption: Caption): string {
    const box = drawing.viewBox.baseVal;
    const width = box && box.width ? box.width : drawing.clientWidth;
    const height = box && box.height ? box.height : drawing.clientHeight;
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    styled(drawing, copy);
    copy.setAttribute("x", String(EDGE));
    copy.setAttribute("y", String(HEAD));
    copy.setAttribute("width", String(width));
    copy.setAttribute("height", String(height));
    const root = framed(width, height, caption);
    root.append(copy);
    return new XMLSerializer().serializeToString(root);
}

const ROW = 20,
    LETTER = 6.6;

function cellWidth(cell: Cell): number {
    const words = cell === null ? "" : String(cell);
    let columns = 0;
    for (const c of words) columns += c.codePointAt(0)! > 0x2e7f ? 2 : 1;
    return columns * LETTER;
}

// A table as it is read: numbers to the right, a rule under the names of its columns.
export function svgOfSheet(sheet: Sheet, caption: Caption): string {
    const { ink, grey } = paper();
    const rows = sheet.rows.slice(0, 200);
    const widths = sheet.columns.map(
        (name, i) => Math.max(cellWidth(name), ...rows.map((row) => cellWidth(row[i] ?? null))) + 18,
    );
    const width = Math.max(
        480,
        widths.reduce((a, b) => a + b, 0),
    );
    const root = framed(width, (rows.length + 1) * ROW + 8, caption);
    const put = (cells: Cell[], y: number, fill: string, weight: string) => {
        let x = EDGE;
        cells.forEach((cell, i) => {
            const right = typeof cell === "number" || (y === HEAD + 12 && typeof rows[0]?.[i] === "number");
            const element = letter(
                right ? x + widths[i]! - 14 : x,
                y,
                12,
                cell === null ? "" : String(cell),
                fill,
                weight,
            );
            if (right) element.setAttribute("text-anchor", "end");
            root.append(element);
            x += widths[i]!;
        });
    };
    put(sheet.columns, HEAD + 12, grey, "700");
    rows.forEach((row, i) => put(row, HEAD + 12 + (i + 1) * ROW, ink, "400"));
    return new XMLSerializer().serializeToString(root);
}

function pngOfSvg(svg: string, width: number, height: number): Promise<Blob> {
    return new Promise((done, failed) => {
        const image = new Image();
        image.onload = () => {
            const canvas = document.createElement("canvas");
            canvas.width = width * 2;
            canvas.height = height * 2;
            const brush = canvas.getContext("2d")!;
            brush.scale(2, 2);
            brush.drawImage(image, 0, 0, width, height);
            canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no PNG"))), "image/png");
        };
        image.onerror = () => failed(new Error("the drawing could not be read"));
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    });
}

export function pngOf(svg: string): Promise<Blob> {
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    return pngOfSvg(svg, Number(root.getAttribute("width")), Number(root.getAttribute("height")));
}

// A chart on canvas goes in as a picture.
export function svgOfCanvas(canvas: HTMLCanvasElement, caption: Caption): string {
    const width = canvas.clientWidth || canvas.width,
        height = canvas.clientHeight || canvas.height;
    const root = framed(width, height, caption);
    const image = document.createElementNS(SVG, "image");
    image.setAttribute("x", String(EDGE));
    image.setAttribute("y", String(HEAD));
    image.setAttribute("width", String(width));
    image.setAttribute("height", String(height));
    image.setAttribute("href", canvas.toDataURL("image/png"));
    root.append(image);
    return new XMLSerializer().serializeToString(root);
}

export function svgOf(figure: HTMLElement, sheet: Sheet, caption: Caption): string {
    const drawing = figure.querySelector<SVGSVGElement>("svg[data-drawing]");
    if (drawing) return svgOfDrawing(drawing, caption);
    const canvas = figure.querySelector("canvas");
    return canvas ? svgOfCanvas(canvas, caption) : svgOfSheet(sheet, caption);
}
