-- Makes a guest's session the one that has its id, unless another session has it.
local location = KEYS[1] -- string: "ADDRESS SESSION" of the session that has the id

local mine = ARGV[1]     -- string: "ADDRESS SESSION" of the session that claims
local life = ARGV[2]     -- integer: milliseconds until the location expires unless it is refreshed
local gone = ARGV[3]     -- string: "ADDRESS SESSION" of a session that was asked and does not live; "" for none

-- Returns who has it and keeps it; nil when it is claimed now.
local holder = redis.call('GET', location)
if holder and holder ~= mine and holder ~= gone then
    return holder
end
redis.call('SET', location, mine, 'PX', life)
return nil
