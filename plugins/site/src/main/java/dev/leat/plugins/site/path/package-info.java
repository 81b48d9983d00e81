/** Where the plugin may read and write: below the roots that its operator names. */
@NullMarked
package dev.leat.plugins.site.path;

import org.jspecify.annotations.NullMarked;
