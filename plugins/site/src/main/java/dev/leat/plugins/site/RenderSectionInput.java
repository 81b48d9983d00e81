package dev.leat.plugins.site;

import dev.leat.plugin.Description;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record RenderSectionInput(
        @Description("The output for which the section is rendered: a path below a configured root.") @NotBlank @Size(max = 1000) String outputDir,
        @Description("The site's configuration file: a path below a configured root.") @NotBlank @Size(max = 1000) String siteConfig,
        @Description("The route of the page, such as /tour/.") @NotBlank @Size(max = 2000) String page,
        @Description("The name of the section: its file without .md.") @NotBlank @Size(max = 100) String section) {}
