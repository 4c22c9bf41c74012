/** What comes in, as the source system writes it, and what goes out. */

export const EVENTS =
  "event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT, props MAP<STRING, STRING>";

export const EVENTS_JSON =
  "event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT, props MAP<STRING, STRING>, _corrupt_record STRING";

/** CSV has no maps: the properties are JSON text in it. */
export const EVENTS_CSV =
  "event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT, props STRING, _corrupt_record STRING";

export const USERS = "user_id STRING, country STRING, age INT, gender STRING, registration_date STRING";

export const ITEMS = "item_id STRING, category STRING, price DOUBLE, brand STRING, name STRING";

export const FIGURES =
  "country STRING, category STRING, events_total BIGINT, purchases BIGINT, revenue DOUBLE, unique_users BIGINT, revenue_7d DOUBLE, date DATE";
