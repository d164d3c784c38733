-- A roll-out of an image over container groups that is under way, or was cut off: see model.RollOutStep. Empty else.
CREATE TABLE roll_out (
    group_name TEXT NOT NULL PRIMARY KEY,
    -- What the group is brought to.
    image TEXT NOT NULL,
    -- WAITING, UNDER_WAY or DONE.
    state TEXT NOT NULL,
    -- What its container was made from before; empty when that is not known.
    image_before TEXT NOT NULL,
    -- The numbers of the nodes that ran before, with commas between.
    ran TEXT NOT NULL,
    -- Unix seconds, here and below.
    begun_at INTEGER NOT NULL,
    -- What tells the container's present run from others; empty when it has not run yet.
    life TEXT NOT NULL,
    -- Since when it does well in that run; null while it does not.
    well_since INTEGER
);
