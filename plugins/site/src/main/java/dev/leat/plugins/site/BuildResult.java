package dev.leat.plugins.site;

import dev.leat.plugin.Description;
import dev.leat.plugins.site.content.Problem;
import java.util.List;
import java.util.Optional;

record BuildResult(
        @Description("Whether the new build is served. With any error it is not, and what was served before still is.") boolean success,
        @Description("How many routes were rendered.") int routesBuilt,
        @Description("How many routes were taken over from the build before, for nothing about them has changed.") int routesReused,
        @Description("The first 100 errors.") List<Problem> errors,
        @Description("How many errors there are.") int errorCount,
        @Description("The first 100 warnings.") List<Problem> warnings,
        @Description("How many warnings there are.") int warningCount,
        @Description("Where the site is served from, as the job named it.") String outputDir,
        @Description("The name of the build, if there is one.") Optional<String> build) {}
