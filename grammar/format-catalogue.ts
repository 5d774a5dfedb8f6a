/** The finding of the formatter's own guard. */
import { catalogue } from "./diagnostic.js";

/** Internal faults of the formatter. */
export const formatCatalogue = catalogue({
  "format-changes-meaning": {
    code: "DMC9010",
    severity: "error",
    message: (_: object) => "the formatted text would not say the same; the file was left as it is",
    help: (_: object) => "this is a fault of the formatter: please report it with the file",
  },
});
