package dev.leat.plugins.site;

import dev.leat.plugin.Description;

record RollbackResult(
        @Description("Where the site is served from, as the job named it.") String outputDir,
        @Description("The build that was served.") String from,
        @Description("The build that is served now: the one that was served before that.") String to) {}
