:8080 {
  respond /health 200
  respond "{{ key "web/greeting" }}"
}
