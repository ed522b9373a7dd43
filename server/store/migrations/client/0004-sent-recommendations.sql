-- Recommendations as the last sent revision of their visit told them: a correction rewrites those of `recommendation` meanwhile.
CREATE TABLE sent_recommendation (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  place BIGINT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL,
  otherwise TEXT NOT NULL,
  urgency TEXT NOT NULL,
  effort_minutes BIGINT,
  cost_low BIGINT,
  cost_high BIGINT,
  owner TEXT NOT NULL,
  due_at BIGINT,
  -- JSON: machine, rule and item of each finding
  about TEXT NOT NULL,
  -- JSON; null: no answer yet
  decision TEXT
);

CREATE INDEX sent_recommendation_visit ON sent_recommendation (visit_id, place);

INSERT INTO sent_recommendation (id, visit_id, place, what, why, otherwise, urgency, effort_minutes, cost_low, cost_high,
    owner, due_at, about, decision)
  SELECT r.id, r.visit_id, r.place, r.what, r.why, r.otherwise, r.urgency, r.effort_minutes, r.cost_low, r.cost_high,
    r.owner, r.due_at, r.about, r.decision
  FROM recommendation r JOIN visit v ON v.id = r.visit_id WHERE v.revision > 0;
