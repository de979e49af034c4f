import {
  Box,
  Circle,
  CloudFog,
  Cone,
  Cylinder,
  Folder,
  Hexagon,
  Lightbulb,
  type LucideIcon,
  Square,
  Sunrise,
  Torus,
  Video,
} from 'lucide-react';
import type { EntityKind } from '../../editor/editor.ts';

/** What an entity of each kind looks like in lists and menus. */
export const ENTITY_ICONS: Readonly<Record<EntityKind, LucideIcon>> = {
  box: Box,
  sphere: Circle,
  cylinder: Cylinder,
  cone: Cone,
  torus: Torus,
  plane: Square,
  light: Lightbulb,
  mesh: Hexagon,
  group: Folder,
  camera: Video,
  environment: Sunrise,
  fog: CloudFog,
};
