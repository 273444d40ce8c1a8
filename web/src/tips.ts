// One tip for whatever carries data-tip: under the pointer, or beside what has the focus.

export function tipsBegin(document: Document): void {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("role", "status");
    tip.setAttribute("aria-live", "polite");
    document.body.append(tip);
    const show = (words: string, x: number, y: number) => {
        tip.textContent = words;
        tip.hidden = false;
        const box = tip.getBoundingClientRect();
        tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 8))}px`;
        tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
    };
    const from = (target: EventTarget | null) =>
        target instanceof Element ? target.closest("[data-tip]")?.getAttribute("data-tip") : null;
    document.addEventListener("pointermove", (e) => {
        const words = from(e.target);
        if (words) show(words, e.clientX, e.clientY);
        else tip.hidden = true;
    });
    document.addEventListener("focusin", (e) => {
        const words = from(e.target);
        if (!words) return void (tip.hidden = true);
        const box = (e.target as Element).getBoundingClientRect();
        show(words, box.left, box.bottom - 10);
    });
    document.addEventListener("keydown", (e) => {
        if (e.key === "Escape") tip.hidden = true;
    });
    document.addEventListener("scroll", () => (tip.hidden = true), { capture: true, passive: true });
}
