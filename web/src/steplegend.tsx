import { usePage } from "./context";
import { STEPS, stepFill, type Steps } from "./scale";

// even: the lowest step is no absence but the least there is.
export function StepLegend({ steps, unit, even = false }: { steps: Steps; unit: string; even?: boolean }) {
    const { t, q } = usePage();
    if (steps.most <= 0) return null;
    const from = (step: number) =>
        t(`from ${q(rounded(steps.from(step)), unit)}`, `${q(rounded(steps.from(step)), unit)}起`);
    const words = (step: number) =>
        even ? from(step) : step === 0 ? t("none", "无") : step === 1 ? t("above 0", "大于0") : from(step);
    return (
        <div class="legend" aria-hidden="true">
            {Array.from({ length: STEPS }, (_, step) => (
                <span key={step}>
                    <i
                        ref={(e) => {
                            if (e) e.style.background = stepFill(step);
                        }}
                    />
                    {words(step)}
                </span>
            ))}
        </div>
    );
}

function rounded(value: number): number {
    return Number(value.toPrecision(2));
}
