import { main } from "./cli/library/main";

main();
