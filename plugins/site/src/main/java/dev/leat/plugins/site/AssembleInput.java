package dev.leat.plugins.site;

import dev.leat.plugin.Description;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record AssembleInput(
        @Description("Where the site is served from: a path below a configured root, built before.") @NotBlank @Size(max = 1000) String outputDir,
        @Description("The site's configuration file: a path below a configured root.") @NotBlank @Size(max = 1000) String siteConfig,
        @Description("The route of the page, such as /tour/, whose sections have been rendered.") @NotBlank @Size(max = 2000) String page) {}
