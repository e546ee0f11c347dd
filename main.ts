import { main } from "./library/main";

main();
