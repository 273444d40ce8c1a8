// One file: script and styles inline, allowed by their hashes and nothing else. The data's place stays open for the
// program (src/write/page.c).
import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";

function hashed(content: string): string {
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

function single(): Plugin {
    return {
        name: "single-file",
        enforce: "post",
        generateBundle(_, bundle) {
            const page = Object.values(bundle).find((file) => file.fileName === "index.html");
            const script = Object.values(bundle).find((file) => file.type === "chunk");
            const style = Object.values(bundle).find((file) => file.fileName.endsWith(".css"));
            if (page?.type !== "asset" || script?.type !== "chunk" || style?.type !== "asset")
                throw new Error("not one page");
            const code = script.code
                .replace(/<\/(script)/gi, "<\\/$1")
                .replace(/<!--/g, "<\\!--")
                .trim();
            const css = String(style.source).trim();
            const policy =
                `default-src 'none'; script-src ${hashed(code)}; style-src ${hashed(css)}; ` +
                "img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";
            page.source = String(page.source)
                .replace(/\s*<script type="module"[^>]*><\/script>/, "")
                .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
                .replace(
                    '<meta charset="utf-8">',
                    () => `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`,
                )
                .replace("</head>", () => `<style>${css}</style>\n</head>`)
                .replace("</body>", () => `<script>${code}</script>\n</body>`);
            page.fileName = "page.html";
            for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
        },
    };
}

export default defineConfig({
    plugins: [single()],
    esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
    build: {
        target: "es2022",
        modulePreload: false,
        cssCodeSplit: false,
        assetsInlineLimit: 0,
        rollupOptions: { output: { format: "iife", inlineDynamicImports: true } },
    },
});
