import { render } from "preact";
import "./page.css";
import { App } from "./app";
import { dataOf } from "./data";
import { tipsBegin } from "./tips";

tipsBegin(document);
render(<App given={dataOf(document)} />, document.getElementById("app")!);
