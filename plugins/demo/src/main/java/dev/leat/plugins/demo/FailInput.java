package dev.leat.plugins.demo;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.OptionalInt;

record FailInput(
        @Description("What the job says about its failure.") @DefaultValue("Failed on demand") @NotBlank @Size(max = 1000) String message,
        @Description("SAY: the handler says that it failed. THROW: it throws an exception. FOR_GOOD: it says that it failed and that trying again is of no use.") @DefaultValue("SAY") Way way,
        @Description("How many attempts fail until one succeeds; all of them if left out.") @Min(0) OptionalInt failures) {

    enum Way {
        SAY, THROW, FOR_GOOD
    }
}
