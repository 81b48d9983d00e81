package {{package}};

import java.util.List;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a submission may contain; Leat checks it before the job is accepted. */
public record GreetInput(
        @Description("Whom to greet, in this order.") @Size(min = 1, max = 100) List<@NotBlank String> names,
        @Description("The pause after each greeting, in milliseconds.") @DefaultValue("0") @Min(0) @Max(10_000)
        int pauseMillis) {}
