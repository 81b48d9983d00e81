package dev.leat.plugins.site;

import dev.leat.plugin.Description;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record RollbackInput(
        @Description("Where the site is served from: a path below a configured root, built before.") @NotBlank @Size(max = 1000) String outputDir) {}
