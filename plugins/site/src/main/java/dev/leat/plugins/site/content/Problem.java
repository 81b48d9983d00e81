package dev.leat.plugins.site.content;

import dev.leat.plugin.Description;

/** Something that is wrong with one file of a site. */
public record Problem(
        @Description("The file, relative to the folder of the site's configuration.") String file,
        @Description("What was expected, and what came.") String reason) {}
