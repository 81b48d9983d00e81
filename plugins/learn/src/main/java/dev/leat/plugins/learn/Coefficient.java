package dev.leat.plugins.learn;

import dev.leat.plugin.Description;

@Description("What one term of the model counts for.")
record Coefficient(@Description("The term, as R calls it: a column, or a column with one of its levels.") String term,
        @Description("In grams, for each unit of the term.") double estimate,
        @Description("How unsure the estimate is, in the same unit.") double standardError) {}
