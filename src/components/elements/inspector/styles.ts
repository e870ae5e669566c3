/** Adds the styles of the inspector. */
import { addStyles } from '../add-styles.ts';
import '../drawer-styles.ts';
import drawing from './drawing.css?inline';
import inspector from './inspector.css?inline';
import trees from './trees.css?inline';

addStyles(inspector, drawing, trees);
