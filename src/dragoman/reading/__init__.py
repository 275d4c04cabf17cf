"""From a document to its reports. `chain` lists the stages in order; each is one file or package."""
