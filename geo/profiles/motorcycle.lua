-- How motorcycles travel in Indonesian cities, for OSRM (profile API 4).
--
-- Assumptions
--  * Gangs are open to motorcycles: service alleys, living streets, and also tracks. Paths, footways, pedestrian streets
--    and cycleways are open only where the map says that motorcycles or motor vehicles may pass.
--  * Toll roads are closed to motorcycles unless they have a lane of their own (PP 44/2009 on toll roads, article 38), which
--    the map states as motorcycle=yes or designated.
--  * Speeds are those of mixed city traffic, and a posted limit only ever lowers them.
--  * A road inside a gated estate is used to reach a place on it, and not as a way through.

api_version = 4

Set = require('lib/set')
Sequence = require('lib/sequence')
WayHandlers = require('lib/way_handlers')
Obstacles = require('lib/obstacles')
local access_of = require('lib/access')
local Measure = require('lib/measure')

local TURN_SECONDS = 3         -- a right-angle turn at a junction costs about this
local GATE_SECONDS = 15        -- a portal that is opened, or squeezed past
local SIGNAL_SECONDS = 10      -- mean wait at traffic lights when riders filter to the front

local OPEN = Set { 'yes', 'permissive', 'designated', 'destination' }
local TOLL_ROADS = Set { 'motorway', 'motorway_link' }
local ONLY_IF_STATED = Set { 'path', 'footway', 'pedestrian', 'cycleway', 'bridleway' }
local TOO_NARROW = Set {
  'block', 'wall', 'fence', 'yes', 'stile', 'turnstile', 'full-height_turnstile', 'kissing_gate', 'debris', 'jersey_barrier'
}
local GATES = Set { 'gate', 'lift_gate', 'swing_gate', 'sliding_gate' }

function setup()
  return {
    properties = {
      weight_name = 'routability',
      max_speed_for_map_matching = 80 / 3.6,
      process_call_tagless_node = false,
      u_turn_penalty = 10,
      traffic_signal_penalty = SIGNAL_SECONDS,
      continue_straight_at_waypoint = false,
      use_turn_restrictions = true,
      left_hand_driving = true,
    },

    default_mode = mode.driving,
    default_speed = 10,
    oneway_handling = true,

    access_tags_hierarchy = Sequence { 'motorcycle', 'motor_vehicle', 'vehicle', 'access' },
    restrictions = Sequence { 'motorcycle', 'motor_vehicle', 'vehicle' },

    access_tag_whitelist = Set { 'yes', 'motorcycle', 'motor_vehicle', 'vehicle', 'permissive', 'designated' },
    access_tag_blacklist = Set {
      'no', 'agricultural', 'forestry', 'emergency', 'psv', 'bus', 'foot', 'bicycle', 'military', 'use_sidepath',
      'private', 'customers', 'delivery', 'destination', 'permit', 'residents',
    },
    restricted_access_tag_list = Set {
      'private', 'customers', 'delivery', 'destination', 'permit', 'residents',
    },
    restricted_highway_whitelist = Set {
      'trunk', 'trunk_link', 'primary', 'primary_link', 'secondary', 'secondary_link', 'tertiary', 'tertiary_link',
      'unclassified', 'residential', 'living_street', 'service', 'track', 'road',
    },
    service_access_tag_blacklist = Set {},
    construction_whitelist = Set { 'no', 'minor', 'widening' },

    avoid = Set { 'area', 'steps', 'impassable', 'construction', 'proposed', 'reversible' },

    speeds = Sequence {
      highway = {
        motorway = 60, motorway_link = 40, -- reached only where a motorcycle lane is stated
        trunk = 45, trunk_link = 30,
        primary = 40, primary_link = 30,
        secondary = 35, secondary_link = 25,
        tertiary = 30, tertiary_link = 25,
        unclassified = 25, residential = 20, road = 20,
        living_street = 15, service = 15, track = 15,
        pedestrian = 8, path = 10, footway = 8, cycleway = 10, bridleway = 8,
      },
    },
    alley_speed = 12,
    route_speeds = { ferry = 5 },
    bridge_speeds = {},

    surface_speeds = {
      unpaved = 20, compacted = 25, gravel = 20, fine_gravel = 20, ground = 15, dirt = 15, earth = 15, grass = 10,
      sand = 8, mud = 6, cobblestone = 20, sett = 20, paving_stones = 25, wood = 15,
    },
    tracktype_speeds = { grade1 = 25, grade2 = 20, grade3 = 15, grade4 = 12, grade5 = 10 },
    smoothness_speeds = { bad = 20, very_bad = 12, horrible = 8, very_horrible = 6, impassable = 0 },
  }
end

function process_node(profile, node, result)
  local access = access_of.resolve_access(access_of.find_access_tag(node, profile.access_tags_hierarchy), profile)
  local barrier = node:get_value_by_key('barrier')
  if access then
    if profile.access_tag_blacklist[access] and not profile.restricted_access_tag_list[access] then
      obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
    end
  elseif barrier and TOO_NARROW[barrier] then
    obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
  end
  if barrier and GATES[barrier] then
    obstacle_map:add(node, Obstacle.new(obstacle_type.gate, obstacle_direction.both, GATE_SECONDS, 0))
  end
  Obstacles.process_node(profile, node)
end

-- What the map states for motorcycles, most specific tag first.
local function stated(way)
  return way:get_value_by_key('motorcycle') or way:get_value_by_key('motor_vehicle')
end

local function closed_to_motorcycles(way, highway)
  if highway == nil or highway == '' then
    return false
  end
  local is_toll = TOLL_ROADS[highway] or way:get_value_by_key('toll') == 'yes'
    or way:get_value_by_key('motorroad') == 'yes'
  if is_toll then
    local motorcycle = way:get_value_by_key('motorcycle')
    return not (motorcycle == 'yes' or motorcycle == 'designated')
  end
  return ONLY_IF_STATED[highway] and not OPEN[stated(way) or 'no']
end

-- motorcycle=destination on a path opens it: nobody calls that a way through.
local function open_where_stated(profile, way, result, data)
  if ONLY_IF_STATED[data.highway] then
    result.forward_mode = profile.default_mode
    result.backward_mode = profile.default_mode
    result.forward_restricted = false
    result.backward_restricted = false
    return
  end
  return WayHandlers.access(profile, way, result, data)
end

local function slow_alleys(profile, way, result, data)
  if data.highway == 'service' and way:get_value_by_key('service') == 'alley' then
    result.forward_speed = math.min(result.forward_speed, profile.alley_speed)
    result.backward_speed = math.min(result.backward_speed, profile.alley_speed)
  end
end

local function obey_limits(profile, way, result, data)
  local limit = Measure.get_max_speed(way:get_value_by_key('maxspeed'))
  if limit and limit > 0 and data.route ~= 'ferry' then
    result.forward_speed = math.min(result.forward_speed, limit)
    result.backward_speed = math.min(result.backward_speed, limit)
  end
end

local function weigh_by_time(profile, way, result, data)
  if result.forward_speed > 0 then
    result.forward_rate = result.forward_speed / 3.6
  end
  if result.backward_speed > 0 then
    result.backward_rate = result.backward_speed / 3.6
  end
  if result.duration > 0 then
    result.weight = result.duration
  end
end

function process_way(profile, way, result, relations)
  local data = {
    highway = way:get_value_by_key('highway'),
    route = way:get_value_by_key('route'),
    bridge = way:get_value_by_key('bridge'),
  }
  if next(data) == nil or closed_to_motorcycles(way, data.highway) then
    return
  end
  WayHandlers.run(profile, way, result, data, Sequence {
    WayHandlers.default_mode,
    WayHandlers.blocked_ways,
    open_where_stated,
    WayHandlers.oneway,
    WayHandlers.destinations,
    WayHandlers.ferries,
    WayHandlers.movables,
    WayHandlers.speed,
    WayHandlers.surface,
    slow_alleys,
    obey_limits,
    WayHandlers.classification,
    WayHandlers.roundabouts,
    WayHandlers.startpoint,
    WayHandlers.driving_side,
    WayHandlers.names,
    weigh_by_time,
  }, relations)
end

function process_turn(profile, turn)
  for _, obstacle in pairs(obstacle_map:get(turn.from, turn.via)) do
    turn.duration = turn.duration + obstacle.duration
  end
  if turn.is_u_turn then
    turn.duration = turn.duration + profile.properties.u_turn_penalty
  elseif turn.number_of_roads > 2 then
    local sharpness = math.abs(turn.angle) / 90
    turn.duration = turn.duration + TURN_SECONDS * math.min(sharpness * sharpness, 2)
  end
  turn.weight = turn.duration
  if turn.target_restricted and not turn.source_restricted then
    turn.weight = constants.max_turn_weight
  end
end

return {
  setup = setup,
  process_way = process_way,
  process_node = process_node,
  process_turn = process_turn,
}
