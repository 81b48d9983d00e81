/** Where a site is served from: builds beside each other, and a link that leads to one of them. */
@NullMarked
package dev.leat.plugins.site.output;

import org.jspecify.annotations.NullMarked;
