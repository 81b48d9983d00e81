package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record FailInput(
        @Description("What the job says about its failure.") @DefaultValue("Failed on demand") @NotBlank @Size(max = 1000) String message,
        @Description("SAY: the handler says that it failed. THROW: it throws an exception.") @DefaultValue("SAY") Way way) {

    enum Way {
        SAY, THROW
    }
}
