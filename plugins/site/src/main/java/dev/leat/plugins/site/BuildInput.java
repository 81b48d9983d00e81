package dev.leat.plugins.site;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record BuildInput(
        @Description("Where the site is served from: a path below a configured root. It becomes a link to the newest build.") @NotBlank @Size(max = 1000) String outputDir,
        @Description("The site's configuration file, such as mill/site.yaml: a path below a configured root.") @NotBlank @Size(max = 1000) String siteConfig,
        @Description("Whether everything is rendered anew. Otherwise routes of which nothing has changed are taken over from the build that is served.") @DefaultValue("false") boolean clean) {}
